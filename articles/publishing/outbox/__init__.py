"""Outbox: what CDNs and WebSub hubs are told after a change."""
