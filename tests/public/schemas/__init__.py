"""What each kind of XML document must look like, as RELAX NG schemas of our own writing."""

from pathlib import Path

from lxml import etree


def assert_fits(document, name):
    """Hold a document (bytes) against a schema of this folder; returns its root."""
    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))
    schema = etree.RelaxNG(etree.parse(Path(__file__).parent / f"{name}.rng"))
    assert schema.validate(root), schema.error_log
    return root
