"""The screens of house style: how the rules are set, and the words of the house."""
