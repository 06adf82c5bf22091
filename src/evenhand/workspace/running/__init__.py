"""Running the workspace: starting it, its health, backing it up."""
