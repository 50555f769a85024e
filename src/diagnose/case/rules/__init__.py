"""The rules of a repair case, from the page the customer is shown to his acceptance. All pure."""
