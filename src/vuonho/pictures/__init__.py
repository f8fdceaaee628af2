"""Photos become small files that carry pixels and nothing else; pictures for shared links."""
