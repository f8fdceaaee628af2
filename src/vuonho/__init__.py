"""vuonho: household profiles become a village website, QR codes and plaques that keep working."""

__version__ = "0.1.0"
