"""Planning: stories before anybody writes them."""
