package diag

var documentCodes = []Code{}
