"""The read side: what readers see. It reads editions only, never the desk."""
