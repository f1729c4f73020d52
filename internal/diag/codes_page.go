package diag

var pageCodes = []Code{}
