package diag

var indicatorCodes = []Code{}
