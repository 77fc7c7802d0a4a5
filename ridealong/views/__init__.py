"""Views: pure functions of the pipeline one member may see at one time."""
