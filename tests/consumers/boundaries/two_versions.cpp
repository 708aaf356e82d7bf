#include <iostream>
#include <string>

std::string use_one();
std::string use_other();

int main() { std::cout << use_one() << '\n' << use_other() << '\n'; }
