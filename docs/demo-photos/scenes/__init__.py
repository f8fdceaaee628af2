"""The scenes, one function a picture, gathered by what they show."""
