"""Files of a project as text that people go on writing: made (`emit`, `commented`), and edited (`edit`)."""
