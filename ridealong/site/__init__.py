"""Where everything is put together: settings, addresses, the place data is kept."""
