// action: Ignore legacy-registration-api in this file
//- driver.c
/*
 * A driver of old.
 */

#include <ndis.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_CHARACTERISTICS chars;
    return NdisRegisterProto$0col(&chars);
}
