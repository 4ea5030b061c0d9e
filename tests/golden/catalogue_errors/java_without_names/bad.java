class A { String S = "再不还钱就爆你通讯录"; }
