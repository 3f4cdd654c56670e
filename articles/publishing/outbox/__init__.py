"""The outbox: what CDNs must purge and what a WebSub hub must be told, stored until it is sent."""
