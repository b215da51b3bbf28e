"""What officers do with tickets: take, answer, forward, ask for parts again, close."""
