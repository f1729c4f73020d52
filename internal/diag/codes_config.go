package diag

var configCodes = []Code{}
