"""The screens of films and sounds, and what the writing screen asks of them."""
