"""What a page costs, at two sizes of newsroom, on both databases: python -m tests.benchmarks"""
