//- driver.c
#include <ndis.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_CHARACTERISTICS chars;
    DriverObject = /* from here
     to there */ NdisRegisterProtocol(&chars); // driverentry-ignore legacy-registration-api: reason
    return 0;
}
