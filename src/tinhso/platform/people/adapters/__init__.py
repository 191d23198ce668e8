"""What people meet outside: VNeID and its simulator, the people of the demonstration."""
