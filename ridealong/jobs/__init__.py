"""Long work that a person started and watches."""
