"""Today's provinces and communes, and what to say of yesterday's."""
