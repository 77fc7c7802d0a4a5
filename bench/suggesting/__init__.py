"""How often a suggestion is right: sentences that were labelled by hand."""
