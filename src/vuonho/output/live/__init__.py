"""Proof over a site on the network: what each address answers, as a visitor's phone would find it."""
