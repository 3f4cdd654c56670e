"""The step from the desk to the site: compose, freeze, publish, schedule, withdraw."""
