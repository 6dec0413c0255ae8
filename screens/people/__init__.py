"""What can be done with people wherever they are listed: moves, answers, talks, introductions."""
