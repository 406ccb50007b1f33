# immunobot_library(NAME [COLD] SOURCES a.cpp ... [DEPENDS target ...] [PRIVATE_DEPENDS target ...])
# makes the static library immunobot_NAME of one folder of src/. A folder links only what it
# may use, so a forbidden #include across folders fails to link. COLD: no question waits for its loops, so that it is
# compiled quickly and small. ALIKE: its files say the same names each for itself, so that each is compiled alone.
function(immunobot_library name)
  cmake_parse_arguments(ARG "COLD;ALIKE" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(immunobot_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(immunobot_${name} PUBLIC ${ARG_DEPENDS} PRIVATE immunobot_flags ${ARG_PRIVATE_DEPENDS})
  target_include_directories(immunobot_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  if(ARG_COLD)
    target_compile_options(immunobot_${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
  if(ARG_ALIKE)
    set_target_properties(immunobot_${name} PROPERTIES UNITY_BUILD OFF)
  endif()
  immunobot_precompile(immunobot_${name} standard)
endfunction()

# immunobot_test(NAME [ALIKE] SOURCES a.cpp ... DEPENDS target ...) makes test_NAME and tells CTest of each case.
function(immunobot_test name)
  cmake_parse_arguments(ARG "ALIKE" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(test_${name} ${ARG_SOURCES})
  target_link_libraries(test_${name} PRIVATE immunobot_flags ${ARG_DEPENDS} Catch2::Catch2WithMain)
  target_compile_definitions(test_${name} PRIVATE IMMUNOBOT_ROOT="${CMAKE_SOURCE_DIR}")
  if(ARG_ALIKE)
    set_target_properties(test_${name} PROPERTIES UNITY_BUILD OFF)
  endif()
  immunobot_precompile(test_${name} tests)
  catch_discover_tests(test_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} TEST_PREFIX "${name}: "
    PROPERTIES TIMEOUT 600)
endfunction()
