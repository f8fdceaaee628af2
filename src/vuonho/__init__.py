"""vuonho: household profiles become a village website, QR codes and plaques that keep working."""

__version__ = "1.0.0"
