package diag

var publishCodes = []Code{
	{"publish.name", T("发布目标的名称不可用或重复", "a publish target's name cannot be used or is taken"), T("每个 [[target]] 写一个不同的 name，用小写字母、数字和连字符。", "Give each [[target]] its own name: lower-case letters, digits, hyphens.")},
	{"publish.kind", T("没有这种发布目标", "there is no such kind of publish target"), T("kind 写 folder、ssh、s3、git 或 zip。", "Use folder, ssh, s3, git or zip as kind.")},
	{"publish.key", T("这种发布目标不用这个键", "a publish target of this kind has no use for the key"), T("删掉这一行，或改 kind。", "Remove the line or change kind.")},
	{"publish.missing", T("发布目标缺少一个键", "a publish target lacks a key"), T("在这个 [[target]] 里补上。", "Add it to the [[target]].")},
	{"publish.value", T("发布目标的一个值不可用", "a value of a publish target cannot be used"), T("按说明改写；密码和密钥只从环境变量、ssh-agent 或凭据文件读取。", "Rewrite it as the message says; passwords and keys come from the environment, ssh-agent or profile files only.")},
	{"publish.unbuilt", T("还没有生成过站点", "the site has not been built"), T("先运行 benchbook build。", "Run benchbook build first.")},
	{"publish.stale", T("public/ 不是现在的源文件生成的", "public/ is not what the sources give now"), T("运行 benchbook build，看过之后再发布。", "Run benchbook build, look at the result, then publish.")},
	{"publish.unreviewed", T("有客户报表还没有审阅", "there are client reports that nobody has reviewed"), T("先 benchbook client review；只发布站点、不管客户报表，加 --site-only。", "Run benchbook client review first; --site-only publishes the site whatever the client reports are.")},
}
