"""Faces: what people and programs meet. Each renders views; none knows another."""
