#include <wdm.h>
#include <hidport.h>

DRIVER_INITIALIZE DriverEntry;

VOID FillDispatchTable(PDRIVER_OBJECT DriverObject);

// The second call is for systems that refuse the first, or stands in the other arm of a choice.
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};
    NTSTATUS status;

    FillDispatchTable(DriverObject);
    registration.Revision = HID_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    registration.DeviceExtensionSize = sizeof(DEVICE_EXTENSION);

    if (IsPolledSystem())
    {
        registration.DevicesArePolled = TRUE;
        return HidRegisterMinidriver(&registration);
    }
    status = HidRegisterMinidriver(&registration);
    if (!NT_SUCCESS(status))
    {
        registration.DevicesArePolled = TRUE;
        status = HidRegisterMinidriver(&registration);
    }
    return status;
}
