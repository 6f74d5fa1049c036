//- driver.c
#include <ndis.h>
MINIPORT_HALT MPHalt;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {
        // which structure this is
        .Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
        .Header.Size = sizeof(NDIS_MINIPORT_DRIVER_CHARACTERISTICS), /* all of it */

        .HaltHandlerEx = MPHalt, // the last to run
    };
    NDIS_HANDLE handle = NULL;

    chars.MajorDriverVersion = VersionOf(DriverObject);

    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &handle);
    return status;
}
