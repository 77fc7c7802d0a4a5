"""The web pages. A handler is a *page*, named after its screen."""
