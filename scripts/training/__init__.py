"""Makes the two readers that ship with the project: the query encoder and the reranker."""
