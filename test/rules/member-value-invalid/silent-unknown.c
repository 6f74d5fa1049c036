#include <wdm.h>
#include <hidport.h>

NTSTATUS RegisterWithHidclass(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};

    registration.Revision = MINIMUM_REVISION;
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    registration.DeviceExtensionSize = g_ExtensionSize;
    return HidRegisterMinidriver(&registration);
}
