"""What an article says of its people: titles, posts, places, parties, gender."""
