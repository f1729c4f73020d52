package diag

var datasetCodes = []Code{}
