"""Files that programs read: data, sitemap, manifest, icons."""
