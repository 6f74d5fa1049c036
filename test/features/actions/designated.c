// action: Convert to designated initializer
//- driver.c
#include <ndis.h>
MINIPORT_HALT MPHalt;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_HANDLE handle = NULL;

    NdisZeroMemory(&chars, sizeof(chars));

    // which structure this is
    chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;$0
    chars.Header.Size = sizeof(NDIS_MINIPORT_DRIVER_CHARACTERISTICS); /* all of it */

    chars.HaltHandlerEx = MPHalt; // the last to run
    chars.MajorDriverVersion = VersionOf(DriverObject);

    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &handle);
    return status;
}
