"""How well the nature of a talk, its kind and its deals are read: ``python -m bench.nature``."""
