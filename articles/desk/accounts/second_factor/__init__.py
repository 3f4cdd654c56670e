"""The second factor of a sign-in: codes of an app on somebody's telephone, and recovery codes."""
