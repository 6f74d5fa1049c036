// action: Ignore legacy-registration-api here
//- driver.c
#include <ndis.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_CHARACTERISTICS chars;
    DriverObject = /* from here
     to there */ NdisRegisterProto$0col(&chars);
    return 0;
}
