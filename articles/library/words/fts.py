"""Queries in the form of SQLite's FTS5; every word is quoted, so that none is an operator."""

from .query import Group, Query, Term


def match(query: Query) -> str:
    """The text of a MATCH."""
    return " OR ".join(map(_group, query.groups))


def _group(group: Group) -> str:
    wanted = f"({' AND '.join(map(_term, group.wanted))})"
    unwanted = " OR ".join(map(_term, group.unwanted))
    return f"({wanted} NOT ({unwanted}))" if unwanted else wanted


def _term(term: Term) -> str:
    phrases = (" AND ".join(f'"{" ".join(phrase)}"' for phrase in each) for each in term)
    return f"({' OR '.join(f'({each})' for each in phrases)})"
