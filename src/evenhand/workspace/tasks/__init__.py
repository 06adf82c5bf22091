"""Work that takes longer than a click: a queue in the database, and the worker that does it.

The queue is our own. django-tasks says only that a task waits, runs or has ended: it has neither progress nor a way to
cancel, and a task whose worker was killed stays "running" for ever. Here a worker holds a task on a lease, which it
renews while it works; a task whose lease is over is taken up by the next worker.

A room puts its work into a module ``work``, which is found when Django starts.
"""
