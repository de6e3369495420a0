"""Names of one article → people and bodies, and where each is named."""
