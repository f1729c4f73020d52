package diag

var configCodes = []Code{
	{"config.syntax",
		T("文件不是合法的 TOML", "the file is not valid TOML"),
		T("按位置检查引号、括号、等号；同一个键不能写两次", "look at the quotes, brackets and equals signs at that place; a key may be written once only")},
	{"config.unknown_key",
		T("写了一个程序不认识的键，多半是拼写错误", "a key that nothing reads, most often a spelling mistake"),
		T("改成提示中的键，或删掉它", "use the key of the hint, or remove it")},
	{"config.type",
		T("值的类型不对，例如该写文本的地方写了数字", "the value is of another type than the key takes, such as a number in place of text"),
		T("按消息里的类型改写；文本要加引号", "write it as the type that the message names; text stands in quotes")},
}
