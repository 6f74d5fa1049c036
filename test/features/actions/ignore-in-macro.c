// action: Ignore reserved-build-macro here
//- driver.c
#define \
    NDIS_MINIPORT_MAJOR$0_VERSION \
    6
#include <ndis.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    return 0;
}
