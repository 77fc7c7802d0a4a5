"""The API: what pages and commands show, as JSON, for programs. Described at /api/openapi.json."""
