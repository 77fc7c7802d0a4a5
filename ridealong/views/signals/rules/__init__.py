"""The rules. A new one is a class in a module of this folder; nothing else is to be edited."""
