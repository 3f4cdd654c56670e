"""Newsroom on several machines, tried on one: python -m tests.several"""
