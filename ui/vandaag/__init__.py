"""Het beginscherm: wat u hebt beloofd, wat loopt, en wat er vanavond is."""
